create table if not exists orders (id int primary key, item varchar(100) not null);
merge into orders values (1, 'a tea pot'), (2, 'two cups');
