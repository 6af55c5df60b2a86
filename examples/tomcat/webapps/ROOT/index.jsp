<%@ page contentType="text/plain" import="java.sql.*, javax.naming.InitialContext, javax.sql.DataSource" %>
<%
    DataSource shop = (DataSource) new InitialContext().lookup("java:comp/env/jdbc/shop");
    application.log("connecting as shop with " + System.getProperty("shop.database.password"));
    try (Connection connection = shop.getConnection();
            ResultSet orders = connection.createStatement().executeQuery("select item from orders order by id")) {
        while (orders.next()) {
            out.println("order: " + orders.getString(1));
        }
    }
%>
